import { InputError } from "../../src/lib/errors.js";

/**
 * Checks the address of a model server's API.
 *
 * @throws InputError for anything but an http or https URL, and for the URL of a single call
 */
export function checkAddress(baseUrl: string): void {
  const shown = JSON.stringify(withoutSecrets(baseUrl));
  if (!/^https?:\/\/[^/]/i.test(baseUrl) || !URL.canParse(baseUrl)) {
    const guess = `http://${baseUrl.replace(/^\w+:\/\//, "")}`;
    const isGuess = /^[\w.-]+(:\d+)?(\/|$)/.test(baseUrl) && baseUrl !== "" && URL.canParse(guess);
    throw new InputError(`base URL ${shown} is not an http or https URL`, {
      hint: isGuess
        ? `Did you mean ${withoutSecrets(guess)}? An address looks like http://127.0.0.1:8000/v1.`
        : "For example http://127.0.0.1:8000/v1.",
    });
  }
  const call = /\/(chat\/completions|completions|models)\/?$/.exec(new URL(baseUrl).pathname);
  if (call !== null) {
    throw new InputError(`base URL ${shown} is the address of one call, not of the API`, {
      hint: `Leave out ${call[0]}: the address of the API usually ends in /v1.`,
    });
  }
}

/** A URL may contain a password or a key, which must not appear in messages: only host and path are shown. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/@]*@/, "//").replace(/[?#].*$/s, "");
  const { origin, host, pathname, protocol } = new URL(url);
  // An origin of other protocols than http is the text "null".
  return `${origin === "null" ? `${protocol}${host === "" ? "" : `//${host}`}` : origin}${pathname}`;
}
