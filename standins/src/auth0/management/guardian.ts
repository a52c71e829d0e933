/** MFA: which factors are on, who delivers pushes, and when a login must use one. */
import { Hono } from "hono";
import { z } from "zod";

import type { CheckToken } from "../bearer.ts";
import { MfaPolicies, PushProvider } from "../tenant-rows.ts";
import type { Tenant } from "../tenant.ts";
import { bodyOf, fail, needs } from "./answer.ts";

const FACTORS = ["push-notification", "otp"];
const Switch = z.strictObject({ enabled: z.boolean() });

export function guardianRoutes(deps: { tenant: Tenant; checkToken: CheckToken; save(): void }) {
  const { tenant } = deps;
  const PROVIDER = "/factors/push-notification/selected-provider";
  return new Hono()
    .get("/factors", needs(deps, "read:guardian_factors"), (c) =>
      c.json(
        FACTORS.map((name) => ({
          name,
          enabled: tenant.guardian.factors.includes(name),
          trial_expired: false,
        })),
      ),
    )
    .get(PROVIDER, needs(deps, "read:guardian_factors"), (c) =>
      c.json({ provider: tenant.guardian.provider }),
    )
    .put(PROVIDER, needs(deps, "update:guardian_factors"), async (c) => {
      const body = await bodyOf(c, PushProvider);
      if (body instanceof Response) return body;
      tenant.guardian.provider = body.provider;
      deps.save();
      return c.json(body);
    })
    .put("/factors/:name", needs(deps, "update:guardian_factors"), async (c) => {
      const body = await bodyOf(c, Switch);
      if (body instanceof Response) return body;
      const name = c.req.param("name");
      if (!FACTORS.includes(name)) return fail(c, 404, "No such factor", "inexistent_factor");
      tenant.guardian.factors = tenant.guardian.factors.filter((one) => one !== name);
      if (body.enabled) tenant.guardian.factors.push(name);
      deps.save();
      return c.json(body);
    })
    .get("/policies", needs(deps, "read:mfa_policies"), (c) => c.json(tenant.guardian.policies))
    .put("/policies", needs(deps, "update:mfa_policies"), async (c) => {
      const body = await bodyOf(c, MfaPolicies);
      if (body instanceof Response) return body;
      tenant.guardian.policies = body;
      deps.save();
      return c.json(body);
    });
}
