/** Lines for `sh -c LINE` of ash and dash. What they say of refused ones is most of what a learner notices. */
export const LINES: readonly string[] = String.raw`
nosuchcommand
nosuchcommand; echo $?
./nofile
/etc
nosuch | cat
x=$(nosuch); echo $?
unset PATH; ls
PATH=/nope; ls
exec nofile; echo after
. /nofile; echo after
. nofile; echo after
cd /nonexist; echo $?
cd /nonexist && echo y || echo n
cd a b
cd /usr; pwd; cd -; cd; pwd
unset HOME; cd; echo $?
echo hi > /nonexist/x; echo $?
cat < /nonexist; echo $?
echo a > /etc; echo $?
echo a >&9; echo $?
cat < /etc/passwd/x
set -C; echo a > f; echo b > f; echo $?
echo \${x:?}; echo after
echo \${x?bad}; echo after
echo \${x:-d} \${x:=e} \${x:+f} \${#x}
x=a.b.c; echo \${x%.*} \${x%%.*} \${x#*.} \${x##*.}
set -u; echo $nope; echo after
readonly a=1; a=2; echo x
readonly a=1; unset a; echo x
export 1a=2; echo after
exit foo
exit 3
shift 5; echo $?
set -- a b; echo $# $*; shift; echo $1
unset -x y; echo after
unset x; echo $?
kill
kill 99999; echo $?
kill abc; echo $?
kill -FOO 1; echo $?
kill -l 9
kill -l
kill %5; echo $?
wait %5; echo $?
test 1 -eq a; echo $?
[ a; echo $?
[ 1 -eq ]; echo $?
test a b; echo $?
test a = b c; echo $?
[ a = a ] ]; echo $?
[ a == a ] && echo y
[ -f /etc/passwd ] && [ ! -d /etc/passwd ] && echo y
[ -z "" ] && [ -n a ] && [ a != b ] && [ 2 -gt 1 ] && echo y
[ a < nofile ]
test; echo $?
test -x; echo $?
[[ a = a ]] && echo y
[[ abc == a* ]] && echo y
[[ abc =~ b ]] && echo y
[[ -z "" && 1 -eq 1 ]] && echo y
a=(1 2)
echo \${a[0]}
echo \${#x[@]}
x=abcdef; echo \${x:1:2}
x=abc; echo \${x//b/Z}
x=abc; echo \${x^^}
x=y; y=z; echo \${!x}
x=a; x+=b; echo $x
echo {a,b} {1..3}
echo $'a\tb'
echo $"a"
cat <<< hi
cat <(echo hi)
source /dev/null; echo $?
function f { echo hi; }; f
f() { local a=1; echo $a; }; f; echo "<$a>"
f() { return 4; }; f; echo $?
f() { echo $1 $#; }; f a b
for ((i=0;i<2;i++)); do echo $i; done
((1+1))
select x in a; do break; done
set -o pipefail; false | true; echo $?
set -o foo; echo after
set -Z; echo after
set -e; false; echo no
set -x; echo a b; x=1 y=2; : $x
echo a &> /dev/null; echo b
echo a |& cat
coproc cat
declare x=1
typeset x=1
let x=1+2; echo $x
let
pushd /
shopt -s extglob
mapfile x
history
help
local x=1; echo $?
type cd export foo
f() { :; }; type f if cat
type nothere; echo $?
command -v nothere; echo $?
command -v cd cat
command -V cd
alias x=y; alias; alias x; type x
alias nope; echo $?
unalias nope; echo $?
export A=b; export -p | grep A=
readonly q=1; readonly -p
x="a'b"; set | grep ^x=
trap "echo bye" EXIT; trap
trap foo BAR; echo $?
umask; umask -S
umask foo; echo $?
umask 077; umask
getopts a: x -b; echo $x
getopts a: x -a; echo $x
getopts; echo $?
while getopts ab: o -a -b v; do echo $o $OPTARG; done
read x </dev/null; echo $?
echo "a b c" | { read x y; echo $y; }
read -z; echo $?
wait 12345; echo $?
wait -x; echo $?
fg; echo $?
bg; echo $?
jobs; echo $?
hash -x; echo $?
break; echo after
return; echo after
return 5; echo after
eval 'echo "'
eval foo; echo $?
eval echo a '&&' echo b
echo -e "a\tb"
echo "a\tb"
echo -n x
echo -n -e "a\n"
echo "a\\b" 'c\0101' 'd%s'
echo -E 'a\n'
printf "%s %d\n" a 3
printf "%d\n" abc; echo $?
printf; echo $?
printf %z; echo $?
printf "%q" a; echo $?
printf "%b|%5s|%-5s|%05d\n" "a\tb" x y 42
printf "%x %o %c\n" 255 8 abc
printf -v x a; echo $?
echo $((1/0)); echo after
echo $((2**3))
echo $((1 +))
echo $((08))
i=1; echo $((i+1)) $((i*5%3)) $((3>2?1:0)) $((0x1f)) $((1<<4))
echo $((a=5)) $a
i=3; echo $((i++)) $((++i))
echo $((1,2))
if
echo )
fi
echo "
echo 'a
echo $(
echo \${
echo \${a b}
case x in
while true; do
a b (c
<>;
| x
; x
&& x
echo a;; echo
done
for i in 1 2; echo
if true; echo; fi
}
if true then
if true; then fi
{ echo a
(echo a
case a b
while
do
then x
for
for i
for 1 in a; do :; done
for i in
x=(
>
echo >
echo > ;
&
echo & & echo
!
echo $((1
a && 
a |
f( { }
echo $RANDOM | grep -c .
echo $UID$EUID$BASH_VERSION$HOSTTYPE.
echo $0 $# $@
echo $LINENO
echo ~root ~nosuchuser
case abc in a*) echo m;; *) echo n;; esac
until true; do :; done; echo $?
i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i
for x in a b "c d"; do echo "<$x>"; done
(exit 3); echo $?
! true; echo $?
true && echo a || echo b
x=1; (x=2); echo $x
echo a b | while read p q; do echo $q; done
x='a  b'; echo $x "$x"
set -- "a b" c; for i in "$@"; do echo "$i"; done
IFS=:; x=a:b:c; echo $x
echo *.nomatch
echo "$(echo a; echo b)"
echo abc | cat - | cat
sleep 5 & kill -9 $!; wait $!; echo $?
times >/dev/null; echo $?
ulimit -n >/dev/null; echo $?
`
  .trim()
  .replaceAll('\\${', '${')
  .split('\n');
