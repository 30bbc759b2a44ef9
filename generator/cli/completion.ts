/**
 * What completes commands, options and their values in a shell: each asks the program itself, so that nothing is said twice.
 */
export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/** To be evaluated by the shell: `eval "$(actionwire completion bash)"`. */
export function scriptFor(shell: Shell): string {
  return SCRIPTS[shell];
}

/** The word that yargs answers with what fits, a line each. */
const ASK = "actionwire --get-yargs-completions";

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_actionwire() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(${ASK} "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _actionwire actionwire`,
  zsh: `#compdef actionwire
_actionwire() {
  local -a found
  found=("\${(@f)$(${ASK} "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  _describe 'actionwire' found || _files
}
compdef _actionwire actionwire`,
  fish: `complete -c actionwire -a '(${ASK} (commandline -opc) (commandline -ct) 2>/dev/null)'`,
};
