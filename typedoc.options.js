import { ReflectionKind } from "typedoc";

/** Shows a parameter that the signature takes apart as `options`; TypeDoc has no name for it. */
export function load({ converter }) {
  // At the end, because TypeDoc matches the descriptions of parameters by its own name first.
  converter.on("resolveEnd", ({ project }) => {
    for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
      if (parameter.name === "__namedParameters") parameter.name = "options";
    }
  });
}
