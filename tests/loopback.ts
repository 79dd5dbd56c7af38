import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/**
 * Whether servers on this machine can be reached, which tests with HTTP and a browser need. In a new network namespace
 * (`unshare -n`, a way to prove that nothing else is asked) the loopback interface is down: it is brought up where that is allowed.
 */
export async function hasLoopback(): Promise<boolean> {
  if (await isReachable()) return true;
  for (const [program, ...args] of [
    ["ip", "link", "set", "lo", "up"],
    ["ifconfig", "lo", "up"],
  ] as const) {
    if (spawnSync(program, args, { stdio: "ignore" }).status === 0 && (await isReachable())) {
      console.log("The loopback interface was down and is up now.");
      return true;
    }
  }
  return false;
}

async function isReachable(): Promise<boolean> {
  const server = createServer((socket) => socket.end());
  server.listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    socket.destroy();
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
