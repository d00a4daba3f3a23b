# bash completion of lutist: the program answers itself, as host/cmd/complete/answers.h says.
# shellcheck shell=bash

_lutist() {
  local answer word value words=() patterns=()
  # bash parts words at = and at :, which belong to one.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((${#words[@]})) && [[ $word == [=:]* || ${words[-1]} == *[=:] ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  value=${COMP_WORDS[COMP_CWORD]##*[=:]} # what bash replaces
  word=${words[-1]}
  local before=${word%"$value"}
  words=("${words[@]//[\"\'\\]/}")
  words=("${words[@]/#\~\//$HOME/}")
  word=${words[-1]}
  COMPREPLY=()
  while IFS= read -r answer; do
    if [[ $answer == $'\t'* ]]; then
      patterns+=("${answer#?}")
      continue
    fi
    answer=${answer%%$'\t'*}
    [[ $answer == "$word"* ]] || continue
    [[ $answer == *= ]] && compopt -o nospace 2>/dev/null
    answer=${answer#"$before"}
    [[ $value == [\"\']* || ${#patterns[@]} -gt 0 ]] || printf -v answer %q "$answer"
    COMPREPLY+=("$answer")
  done < <("${1/#\~\//$HOME/}" complete "${words[@]}" 2>/dev/null)
  ((${#patterns[@]})) || return 0
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
    for word in "${patterns[@]}"; do
      compgen -d -- "$value"
      [[ $word == / ]] || compgen -f -X "!$word" -- "$value"
    done | sort -u
  )
}
complete -F _lutist lutist
