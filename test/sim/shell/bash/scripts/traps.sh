cleanup() { echo "cleanup $1"; }
trap 'cleanup exit' EXIT
trap 'cleanup term; exit 9' TERM
(
  trap 'echo inner exit' EXIT
  echo in subshell
)
trap 'echo got usr1' USR1
kill -USR1 $$
echo before
kill -TERM $$
echo never
