stack=()
push() { stack+=("$@"); }
pop() {
  if ((${#stack[@]} == 0)); then
    echo "stack is empty" >&2
    return 1
  fi
  REPLY=${stack[-1]}
  unset 'stack[-1]'
}
push a b "c d"
while pop 2>/dev/null; do
  echo "popped <$REPLY>"
done
pop
echo "status $?"
