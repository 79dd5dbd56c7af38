// The command `medbench` inside documented shell blocks: sends its arguments to the test, which runs the command in its own process.
// A command that is given standard input runs in a process of its own, because it reads the input of its process.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";

const args = process.argv.slice(2);
const input = readFileSync(0, "utf8");
if (input === "") ask();
else {
  const { status } = spawnSync(process.execPath, [process.env.DOCS_MEDBENCH_PROGRAM, ...args], {
    input,
    stdio: ["pipe", "inherit", "inherit"],
  });
  process.exitCode = status ?? 1;
}

function ask() {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name.startsWith("MEDBENCH_") || name.endsWith("_KEY")),
  );
  const socket = connect(process.env.DOCS_MEDBENCH_SOCKET);
  socket.end(JSON.stringify({ args, folder: process.cwd(), env }));
  let reply = "";
  socket.setEncoding("utf8").on("data", (text) => {
    reply += text;
  });
  socket.on("end", () => {
    const { code, out, err } = JSON.parse(reply);
    process.stderr.write(err);
    process.stdout.write(out);
    process.exitCode = code;
  });
}
