classify() {
  case $1 in
    [0-9]) echo digit ;;
    [0-9]*) echo number ;;
    [a-z]|[A-Z]) echo letter ;;
    "") echo empty ;;
    -*|+*) echo option ;;&
    --*) echo long ;;
    *.txt|*.md) echo text; ;&
    never) echo fell through ;;
    *) echo other ;;
  esac
}
for w in 5 42 x "" -a --all notes.md 'a b'; do
  printf '%s: ' "$w"
  classify "$w" | tr '\n' ' '
  echo
done
