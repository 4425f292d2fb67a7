echo {1..5} {a..e} {10..1..3} {01..10..3}
echo pre{x,y,z}post {a,b}{1,2} {a,{b,c}}
mkdir -p proj/{src,test}/{a,b}
echo proj/*/*
echo "{not,expanded}" {single} {} {a,} x{,y}
v=3
echo {1..$v} {$v,4}
for i in {001..003}; do echo $i; done
