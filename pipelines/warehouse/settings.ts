import type { Engine } from "./engine.js";
import { identifier, literal } from "./sql.js";

/** Runs `work` under other settings of the engine and puts the former ones back whatever happens. */
export async function withSettings<T>(
  engine: Engine,
  settings: Readonly<Record<string, number>>,
  work: () => Promise<T>,
): Promise<T> {
  const former = await engine.row<Record<string, number>>(
    `SELECT ${Object.keys(settings)
      .map((name) => `current_setting(${literal(name)}) AS ${identifier(name)}`)
      .join(", ")}`,
  );
  const apply = async (values: Readonly<Record<string, number>>) => {
    for (const [name, value] of Object.entries(values))
      await engine.run(`SET ${identifier(name)} = ${value}`);
  };
  await apply(settings);
  try {
    return await work();
  } finally {
    await apply(former);
  }
}
