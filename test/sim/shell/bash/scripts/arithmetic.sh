gcd() { local a=$1 b=$2; while ((b)); do ((t = a % b, a = b, b = t)); done; echo $a; }
gcd 48 36
i=0
while ((i++ < 3)); do echo $i; done
echo $((2 ** 16)) $((7 / 2)) $((-7 % 3)) $((1 << 10))
x=10 y=3
echo $((x > y ? x : y)) $((x & y)) $((x | y)) $((x ^ y)) $((~x)) $((!x))
((x += y, y *= 2))
echo $x $y
let 'a = 5' b=a+1
echo $a $b
hex=$(printf '%x' 255)
echo $hex $((16#$hex)) $((0xff)) $((8#17))
fact=1
for ((n = 1; n <= 15; n++)); do ((fact *= n)); done
echo $fact
echo $((5 + $(echo 3)))
n=08
echo $((10#$n + 1))
