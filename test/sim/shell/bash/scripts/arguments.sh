usage() {
  echo "usage: ${0##*/} [-v] [-n name] file..." >&2
  return 2
}
parse() {
  local OPTIND=1 opt verbose=0 name=none
  while getopts ':vn:h' opt; do
    case $opt in
      v) ((verbose++)) ;;
      n) name=$OPTARG ;;
      h) usage; return ;;
      :) echo "missing value for -$OPTARG"; return 1 ;;
      \?) echo "unknown -$OPTARG"; return 1 ;;
    esac
  done
  shift $((OPTIND - 1))
  echo "verbose=$verbose name=$name files=$*"
}
parse -v -v -n box a b
parse -n
parse -x
parse -- -v
parse -h 2>/dev/null || echo "status $?"
