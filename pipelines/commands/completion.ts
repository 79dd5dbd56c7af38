import { Argument, type Command } from "commander";

export function registerCompletion(program: Command): void {
  program
    .command("completion")
    .summary("print the script that completes commands and names in your shell")
    .description(
      "Print the script that completes commands, options, choices, and the names of a workspace (systems, datasets, judges, tables) when you press Tab.",
    )
    .addArgument(new Argument("<shell>", "your shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      `
Examples:
  $ medbench completion bash > medbench.bash
  $ medbench completion zsh > _medbench
  $ medbench completion fish > medbench.fish
Load it in every new shell: add \`source <(medbench completion bash)\` to ~/.bashrc, the same with zsh to ~/.zshrc after
\`compinit\`, or \`medbench completion fish | source\` to ~/.config/fish/config.fish. The shell must find \`medbench\`.`,
    )
    .action(async (shell: "bash" | "zsh" | "fish") => {
      const { completionScript } = await import("../tools/completion/scripts.js");
      process.stdout.write(completionScript(shell));
    });
  program
    .command("complete", { hidden: true })
    .description("Print what can come next on a command line; the scripts of `completion` call it.")
    .argument("[words...]")
    .action(async (words: readonly string[]) => {
      const { completionsOf } = await import("../tools/completion/candidates.js");
      const { candidates, paths } = await completionsOf(program, words);
      const lines = candidates.map(
        ({ value, description = "" }) => `${value}\t${description.split("\n")[0]}`,
      );
      process.stdout.write(`${[...lines, `:${paths}`].join("\n")}\n`);
    });
}
