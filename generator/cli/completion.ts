/**
 * What completes commands, options and their values in a shell: each asks the program itself, so that nothing is said twice.
 */
export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** To be evaluated by the shell: `eval "$(actionwire completion bash)"`. */
export function scriptFor(shell: Shell): string {
  return SCRIPTS[shell];
}

/** The word that yargs answers with what fits, a line each; for zsh with what it means behind a colon. */
const ASK = "actionwire --get-yargs-completions";

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_actionwire() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(SHELL=bash ${ASK} "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _actionwire actionwire`,
  zsh: `#compdef actionwire
_actionwire() {
  local -a found
  found=(\${(f)"$(SHELL=zsh ${ASK} "\${(@)words[1,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then _describe actionwire found; else _files; fi
}
if [[ $funcstack[1] == _actionwire ]]; then _actionwire "$@"; else compdef _actionwire actionwire; fi`,
  fish: `function __actionwire
  set -l found (SHELL=zsh ${ASK} (commandline -opc) (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    string replace : \\t -- $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c actionwire -f -a '(__actionwire)'`,
};
