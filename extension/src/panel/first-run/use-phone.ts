/** Whether a phone is enrolled, and the enrolment of one: begun by a press, ended when the phone has taken the code. */
import { useEffect, useState } from "react";

import { detach } from "../../detach.ts";
import { type Enrolment, messages, type Phone } from "../../messages/protocol.ts";
import { send } from "../../messages/send.ts";

const LOOK_MS = 2000;

export interface PhoneControl {
  /** Absent until Auth0 was asked. */
  state: Phone["state"] | undefined;
  enrolment: Enrolment | undefined;
  /** The last try to begin gave no code. */
  failed: boolean;
  /** There was no phone when the panel opened: the first run goes on after one is enrolled. */
  welcomes: boolean;
  begin: () => Promise<void>;
}

export function usePhone(on: boolean): PhoneControl {
  const [state, setState] = useState<Phone["state"]>();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [failed, setFailed] = useState(false);
  const [welcomes, setWelcomes] = useState(false);

  useEffect(() => {
    if (!on) return undefined;
    let live = true;
    const look = async () => {
      const phone = await send(messages.phone, { type: "session.phone" }).catch((): Phone => ({
        state: "unknown",
      }));
      if (!live) return;
      setState(phone.state);
      setWelcomes(phone.state === "none");
    };
    detach(look());
    return () => {
      live = false;
    };
  }, [on]);

  useEffect(() => {
    if (enrolment === undefined) return undefined;
    let live = true;
    const { id, authSession } = enrolment;
    const look = async () => {
      const { confirmed } = await send(messages.enrolled, {
        type: "session.enrolled",
        id,
        authSession,
      });
      if (!live || !confirmed) return;
      setState("enrolled");
      setEnrolment(undefined);
    };
    const timer = setInterval(() => detach(look()), LOOK_MS);
    return () => {
      live = false;
      clearInterval(timer);
    };
  }, [enrolment]);

  return {
    state,
    enrolment,
    failed,
    welcomes,
    begin: async () => {
      const begun = await send(messages.enrol, { type: "session.enrol" }).catch(() => undefined);
      setFailed(begun === undefined);
      setEnrolment(begun);
    },
  };
}
