import { InputError } from "../src/lib/errors.js";

/** What a call says when it refuses: the message, which starts with the function's name, and the hint ("" without one). */
export function refusal(call: () => unknown): { readonly message: string; readonly hint: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return { message: error.message, hint: error.hint ?? "" };
    throw error;
  }
  throw new Error("the call was not refused");
}
