x=1
( x=2; cd /; echo "in: $x" )
echo "out: $x"
y=$( x=3; echo $x )
echo "$x $y"
{ x=4; echo grouped; } > file
cat file
echo $x
(exit 5) || echo "status $?"
a=$(echo "nested $(echo "deeper $(echo deepest)")")
echo "$a"
echo one | { read v; echo "read $v"; }
echo "v=$v"
result=$(
  # a comment in a substitution
  for i in 1 2; do
    echo "line $i"
  done
)
echo "$result"
