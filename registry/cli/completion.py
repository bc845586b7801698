"""`registry completion`: the script with which a shell completes commands, options and identifiers."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.output import clean
from registry.cli.run import Run

app = group(
    "Let the shell complete commands, options and ids: bash, zsh or fish.",
    example="registry completion bash >> ~/.bashrc",
)

_BASH = r"""# Completion of `registry` in bash: eval "$(registry completion bash)"
_registry() {
  local line word files= cur=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    if [ "$word" = ":files" ]; then files=1; else COMPREPLY+=("$word"); fi
  done < <("${COMP_WORDS[0]}" completion answer -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
  fi
}
complete -F _registry registry"""

_ZSH = r"""#compdef registry
# Completion of `registry` in zsh: eval "$(registry completion zsh)"
_registry() {
  local line word said files
  local -a found shown
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    said=${line#*$'\t'}
    if [[ $word == :files ]]; then files=1; else found+=("$word"); shown+=("$word  $said"); fi
  done < <(${words[1]} completion answer -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && compadd -l -d shown -a found
  [[ -n $files ]] && _files
}
compdef _registry registry"""

_FISH = r"""# Completion of `registry` in fish: registry completion fish | source
function __registry_complete
  set -l typed (commandline -opc)[2..-1] (commandline -ct)
  for line in (registry completion answer -- $typed 2>/dev/null)
    if test "$line" = ":files"
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c registry -f -a '(__registry_complete)'"""


@command(app, example='eval "$(registry completion bash)"\nregistry completion bash >> ~/.bashrc')
def bash(ctx: typer.Context) -> None:
    """The script for bash."""
    ctx.obj.screen.answer(_BASH.splitlines())


@command(app, example="registry completion zsh >> ~/.zshrc")
def zsh(ctx: typer.Context) -> None:
    """The script for zsh."""
    ctx.obj.screen.answer(_ZSH.splitlines())


@command(app, example="registry completion fish > ~/.config/fish/completions/registry.fish")
def fish(ctx: typer.Context) -> None:
    """The script for fish."""
    ctx.obj.screen.answer(_FISH.splitlines())


@command(app, hidden=True, example="registry completion answer -- performer show oka")
def answer(
    ctx: typer.Context,
    typed: Annotated[list[str] | None, typer.Argument(metavar="WORD...", help="The line so far, after --.")] = None,
) -> None:
    """What the scripts ask: a word a line that can take the place of the last one, with what it is after a tab."""
    from registry.cli.completing import candidates

    run: Run = ctx.obj
    run.screen.answer(f"{word}\t{clean(said)}".rstrip("\t") for word, said in candidates(run, typed or []))
