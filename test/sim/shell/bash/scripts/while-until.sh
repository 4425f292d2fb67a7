n=3
until ((n == 0)); do
  echo "T-$((n--))"
done
while :; do
  while true; do
    break 2
  done
  echo never
done
i=0
while ((i < 10)); do
  ((i++))
  ((i % 2)) && continue
  ((i > 6)) && break
  echo $i
done
echo "left at $i"
for x; do echo never; done
set -- p q
for x; do echo $x; done
