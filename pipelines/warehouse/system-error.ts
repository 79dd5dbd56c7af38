/** An error of the operating system, such as a full disk. */
export type SystemError = NodeJS.ErrnoException & { readonly code: string; readonly syscall: string };

/** Whether the operating system refused something: a reason to stop, and never one against the content of a file. */
export function isSystemError(error: unknown): error is SystemError {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return error instanceof Error && code !== undefined && syscall !== undefined;
}

/** Whether an error, also one of the engine, is about what the machine has left: memory, disk or open files. */
export function isShortage(error: Error): boolean {
  if (isSystemError(error)) return ["ENOSPC", "EDQUOT", "EMFILE", "ENFILE", "ENOMEM"].includes(error.code);
  return /ran out of memory|^Out of Memory|No space left|Disk quota|Too many open files|Cannot allocate memory/.test(
    error.message,
  );
}

/** The error, with the name of the file, which Node leaves out once a file is open. */
export function withPath(error: unknown, path: string): unknown {
  if (isSystemError(error)) error.path ??= path;
  return error;
}
