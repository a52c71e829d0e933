/** A dialect whose transactions are seen: how long each held its connection, and how it ended. Never a statement or a value. */
import type { DatabaseConnection, Dialect, Driver } from "kysely";

import { observed, type Work } from "../observe/work.ts";

type End = Work["transaction"]["result"];

function seenDriver(driver: Driver): Driver {
  const open = new WeakMap<DatabaseConnection, (how: End) => void>();
  const begin = driver.beginTransaction.bind(driver);
  const commit = driver.commitTransaction.bind(driver);
  const rollBack = driver.rollbackTransaction.bind(driver);
  return Object.assign(driver, {
    async beginTransaction(...args: Parameters<Driver["beginTransaction"]>) {
      await begin(...args);
      const { promise, resolve } = Promise.withResolvers<End>();
      open.set(args[0], resolve);
      observed("transaction", {}, async (learn) => {
        learn({ result: await promise });
      }).catch(() => undefined);
    },
    async commitTransaction(connection: DatabaseConnection) {
      await commit(connection);
      open.get(connection)?.("committed");
    },
    async rollbackTransaction(connection: DatabaseConnection) {
      open.get(connection)?.("rolled_back");
      await rollBack(connection);
    },
  });
}

export function seenDialect(dialect: Dialect): Dialect {
  return {
    createDriver: () => seenDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}
