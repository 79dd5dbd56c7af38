import type { CallFailure } from "./call-error.js";

/** Why no reply came over a connection, in words. */
export interface ConnectionFailure {
  readonly failure: CallFailure;
  /** For a message after the server's address. */
  readonly text: string;
  readonly hint: string;
  /** The request never arrived at the server, so it cannot be billed. */
  readonly isUnsent: boolean;
}

interface KnownCause {
  readonly codes: RegExp;
  readonly text: (host: string) => string;
  readonly hint: string;
}

/** Causes for which no connection comes about. */
const unreachable: readonly KnownCause[] = [
  {
    codes: /^ECONNREFUSED$/,
    text: (host) => `connection refused: no program listens on ${host}`,
    hint: "Start the server, or correct host and port of --base-url.",
  },
  {
    codes: /^(ENOTFOUND|EAI_\w+|ENODATA)$/,
    text: (host) => `the name ${host} has no address (DNS)`,
    hint: "Check the host in --base-url for typing mistakes, and whether this machine can resolve names.",
  },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/,
    text: (host) => `no network route to ${host}`,
    hint: "Check the network or the VPN that leads to the server.",
  },
  {
    codes: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    text: (host) => `${host} accepts no connection (timeout)`,
    hint: "A firewall may drop the connection: check host and port of --base-url, and the network.",
  },
  {
    codes: /^(EPROTO|ERR_SSL_\w+|HPE_\w+)$/,
    text: (host) => `${host} does not speak the protocol of the address`,
    hint: "Check whether the server wants https:// or http:// in --base-url.",
  },
  {
    codes:
      /^(ERR_TLS_\w+|CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|INVALID_CA|HOSTNAME_MISMATCH|INVALID_PURPOSE)$/,
    text: (host) => `the certificate of ${host} is not accepted (TLS)`,
    hint: "Check the host in --base-url. If an authority of your own signed the certificate, let NODE_EXTRA_CA_CERTS name its file.",
  },
];

/** Explains an error of the network below a call; `host` is the server's name and port. */
export function connectionFailure(error: unknown, host: string): ConnectionFailure {
  const codes = codesOf(error);
  for (const { codes: pattern, text, hint } of unreachable) {
    const code = codes.find((one) => pattern.test(one));
    if (code !== undefined)
      return { failure: "unreachable", text: `${text(host)} (${code})`, hint, isUnsent: true };
  }
  const code = codes[0];
  return {
    failure: "other",
    text: `the server closed the connection without a reply${code === undefined ? "" : ` (${code})`}`,
    hint: "Look at the log of the server.",
    isUnsent: false,
  };
}

/** Codes of an error, of its causes, and of the attempts that it sums up (one for each address of a name). */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code } = error as NodeJS.ErrnoException;
  const attempts = error instanceof AggregateError ? error.errors : [];
  return [...(typeof code === "string" ? [code] : []), ...[error.cause, ...attempts].flatMap(codesOf)];
}
