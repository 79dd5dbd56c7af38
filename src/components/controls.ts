import { element } from "./dom.js";

/** Controls that `view()` understands: an element with `value` that tells of changes by `input` events. */
export type Control<Value> = HTMLElement & { value: Value };

export interface Choice<Value> {
  readonly label: string;
  readonly value: Value;
  /** Choices with equal group stand together under its name. */
  readonly group?: string;
}

/** A labeled selector; the first choice is taken unless `value` names another. */
export function selectControl<Value>(
  choices: readonly Choice<Value>[],
  { label, value = choices[0]?.value }: { readonly label: string; readonly value?: Value | undefined },
): Control<Value> {
  const groups = new Map<string | undefined, HTMLOptionElement[]>();
  choices.forEach((choice, index) => {
    const option = element("option", { value: index, selected: choice.value === value }, choice.label);
    groups.set(choice.group, [...(groups.get(choice.group) ?? []), option]);
  });
  const select = element(
    "select",
    {},
    [...groups].map(([group, options]) =>
      group === undefined ? options : element("optgroup", { label: group }, options),
    ),
  );
  return control(label, select, () => choices[Number(select.value)]?.value as Value);
}

/** A labeled search field; its value is the text in lower case without blanks at the ends. */
export function searchControl({
  label,
  hint,
}: {
  readonly label: string;
  readonly hint: string;
}): Control<string> {
  const input = element("input", { type: "search", placeholder: hint, autocomplete: "off" });
  return control(label, input, () => input.value.trim().toLowerCase());
}

function control<Value>(label: string, input: HTMLElement, read: () => Value): Control<Value> {
  const whole: HTMLElement = element("label", { class: "mb-control" }, element("span", {}, label), input);
  return Object.defineProperty(whole, "value", { get: read }) as Control<Value>;
}
