import { InputError } from "../../../src/lib/errors.js";
import { questionAsks } from "../../../src/lib/metrics/choice-reader.js";
import { type GivenOptions, optionsByLetter } from "../../../src/lib/scorers/gold-letters.js";
import type { Engine } from "../../warehouse/engine.js";

/**
 * Fills the table `asked_otherwise`: the items of the place whose question asks for the wrong option or for the exception. Of
 * their answers, SQL reads only bare letters.
 */
export async function findAskedOtherwise(
  engine: Engine,
  place: { readonly benchmark: string; readonly pool: string },
): Promise<void> {
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE asked_otherwise (dataset VARCHAR, item_id VARCHAR, variant INTEGER)",
  );
  const appender = await engine.connection.createAppender("asked_otherwise");
  const questions = `
    SELECT p.dataset, p.item_id, p.variant, p.question, p.options
    FROM items_private AS p
    SEMI JOIN place_items USING (dataset, item_id, variant)
    SEMI JOIN (SELECT dataset FROM jobs WHERE reads = 'letters') USING (dataset)
    WHERE p.benchmark = $benchmark AND p.pool = $pool AND p.question IS NOT NULL`;
  for await (const rows of engine.pieces(questions, place)) {
    for (const [dataset, item, variant, question, options] of rows as [
      string,
      string,
      number,
      string,
      string | null,
    ][]) {
      if (questionAsks(question, textsOf(options)) === "right") continue;
      appender.appendVarchar(dataset);
      appender.appendVarchar(item);
      appender.appendInteger(variant);
      appender.endRow();
    }
  }
  appender.closeSync();
}

/** Options that cannot be read by letter leave their item without a score, whatever it asks for. */
function textsOf(options: string | null) {
  try {
    return optionsByLetter(options === null ? null : (JSON.parse(options) as GivenOptions), "choice");
  } catch (cause) {
    if (cause instanceof InputError || cause instanceof SyntaxError) return null;
    throw cause;
  }
}
