# Completion of the command netabase for bash. Installed to where bash-completion looks; otherwise: source this file.
#
# Commands and options are taken from --help, models and indexes from the store that the line names, so that nothing here
# need follow them.

# The words that begin the lines of a section of --help.
_netabase_words() {
  awk -v section="$1" '
    /^[A-Z].*:$/ { within = ($0 == section ":") ; next }
    within && /^  [^ ]/ { sub(/^  /, ""); split($0, words, /[ ,]/); for (i in words) if (words[i] ~ /^-/ || i == 1) print words[i] }'
}

_netabase_models() { "$1" count "$2" --json 2>/dev/null | tr '{,' '\n\n' | sed -n 's/^"\([^"]*\)":.*/\1/p'; }

_netabase_indexes() {
  "$1" schema "$2" --text 2>/dev/null | awk -v model="$3" '
    $1 == "model" { name = $2; sub(/.*::/, "", name); sub(/,$/, "", name); within = (name == model || $4 == model) }
    within && $1 == "index" { print $2 }'
}

_netabase() {
  local command=$1 current=$2 previous=$3
  local verb="" file="" model="" word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    [[ $word == -* ]] && continue
    if [[ -z $verb ]]; then verb=$word
    elif [[ -z $file ]]; then file=$word
    elif [[ -z $model ]]; then model=$word
    fi
  done
  case $previous in
    --format) mapfile -t COMPREPLY < <(compgen -W "json capnp" -- "$current"); return ;;
    --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$current"); return ;;
    --index)
      mapfile -t COMPREPLY < <(compgen -W "$(_netabase_indexes "$command" "$file" "$model")" -- "$current")
      return ;;
    --model)
      mapfile -t COMPREPLY < <(compgen -W "$(_netabase_models "$command" "$file")" -- "$current")
      return ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$({ "$command" $verb --help; "$command" --help; } 2>/dev/null |
      _netabase_words Options | sort -u)" -- "$current")
  elif [[ -z $verb ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("$command" --help 2>/dev/null | _netabase_words Commands)" -- "$current")
  elif [[ -z $file ]]; then
    mapfile -t COMPREPLY < <(compgen -f -X '*-lock' -- "$current")
  else
    case $verb in
      get | scan | find)
        [[ -n $model ]] || mapfile -t COMPREPLY < <(compgen -W "$(_netabase_models "$command" "$file")" -- "$current")
        ;;
      count | export | repair-indexes)
        mapfile -t COMPREPLY < <(compgen -W "$(_netabase_models "$command" "$file")" -- "$current")
        ;;
      import | backup | diff) mapfile -t COMPREPLY < <(compgen -f -X '*-lock' -- "$current") ;;
    esac
  fi
}

complete -o filenames -F _netabase netabase
