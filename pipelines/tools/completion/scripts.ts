export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/*
 * Each script asks `medbench complete -- WORDS` and gets one candidate per line, with a tab and a description, and a last line
 * `:none`, `:files` or `:folders`. The words are passed as they are; nothing that was typed is ever run.
 */

const bash = `# Completion of medbench for bash 3.2 or later. Load it with:  source <(medbench completion bash)
_medbench() {
  local line value kind=none current="\${COMP_WORDS[COMP_CWORD]}" IFS=$'\\n'
  COMPREPLY=()
  while read -r line; do
    case $line in
      :*) kind=\${line#:} ;;
      *)
        value=\${line%%$'\\t'*}
        # Inside of quotes, a name with blanks stays as it is.
        case $current in
          [\\"\\']*) COMPREPLY+=("$value") ;;
          *) COMPREPLY+=("$(printf '%q' "$value")") ;;
        esac
        ;;
    esac
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case $kind in
    folders) COMPREPLY=($(compgen -d -- "$current")); compopt -o filenames 2>/dev/null ;;
    files) ;;
    *) compopt +o default 2>/dev/null ;;
  esac
  return 0
}
complete -o default -F _medbench medbench
`;

const zsh = `#compdef medbench
# Completion of medbench for zsh. Load it with:  source <(medbench completion zsh)
_medbench() {
  local line kind=none
  local -a found
  while IFS= read -r line; do
    case $line in
      :*) kind=\${line#:} ;;
      *) found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && _describe medbench found
  case $kind in
    files) _files ;;
    folders) _files -/ ;;
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _medbench medbench
`;

const fish = `# Completion of medbench for fish. Load it with:  medbench completion fish | source
function __medbench_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files' ':folders'
                __fish_complete_path "$current"
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c medbench -f -a '(__medbench_complete)'
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };

/** The script that makes a shell complete the command line of medbench. */
export const completionScript = (shell: Shell): string => scripts[shell];
