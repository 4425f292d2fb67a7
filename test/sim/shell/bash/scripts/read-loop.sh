data='id:name:role
1:ann:admin
2:bob:user
3:cyd:user'
{
  read -r header
  while IFS=: read -r id name role; do
    [ "$role" = user ] || continue
    echo "$name has id $id"
  done
} <<< "$data"
echo "header: $header"
count=0
while read -r _; do ((count++)); done < <(printf '%s\n' "$data")
echo "$count lines"
printf 'no newline at end' | while read -r l || [ -n "$l" ]; do echo "got: $l"; done
