/** Command lines for busybox's shell and applets among the fixtures of coreutils' rows. */
export const ROWS: Readonly<Record<string, readonly string[]>> = {
  files: lines(String.raw`
cat fruits.txt
cat -n fruits.txt
cat /x
cat fruits.txt /x no-newline; echo $?
cat dir
cat -q
cat --foo
ls
ls -1
ls -a dir
ls -A dir
ls dir dir/sub
ls -R dir
ls -d dir
ls -F
ls -p dir
ls /x
ls /x fruits.txt; echo $?
ls -q
ls -Z
ls --help
yes --help
kill --help
killall --help
busybox kill -l
echo --help
true --help
ls --nope
cp fruits.txt copy; cat copy
cp /x y; echo $?
cp dir d2; echo $?
cp -r dir d2; ls d2/sub
cp fruits.txt /nodir/x; echo $?
cp fruits.txt empty nodir; echo $?
cp fruits.txt
cp -y a b
mv fruits.txt f2; cat f2
mv /x y; echo $?
mv fruits.txt /nodir/x; echo $?
mv fruits.txt
mv fruits.txt empty nodir; echo $?
rm fruits.txt; ls fruits.txt
rm /x; echo $?
rm -f /x; echo $?
rm dir; echo $?
rm -r dir; echo $?
rm
rm -f; echo $?
rm -z
mkdir a; ls -d a
mkdir dir; echo $?
mkdir a/b/c; echo $?
mkdir -p a/b/c; ls a/b
mkdir -p dir; echo $?
mkdir
mkdir -z x
mkdir -m 700 p; stat -c %a p
rmdir dir; echo $?
rmdir /x; echo $?
mkdir e; rmdir e; ls e
rmdir
ln -s fruits.txt l; readlink l
ln fruits.txt l; stat -c %h l
ln -s x empty; echo $?
ln /x y; echo $?
ln
touch new; ls new
touch /nodir/x; echo $?
touch
touch -z
touch -c nothere; ls nothere
chmod 600 empty; stat -c %a empty
chmod u+x empty; stat -c %A empty
chmod 600 /x; echo $?
chmod zz empty; echo $?
chmod
chmod 600
chown root empty; echo $?
chown nosuchuser empty; echo $?
chown root:nosuchgroup empty; echo $?
chown root /x; echo $?
chown
stat /x; echo $?
stat -c '%n %s %F' fruits.txt
stat
find dir | sort
find dir -name '*.txt' | sort
find dir -type d
find /x
find . -foo
find . -name
find dir -type f -exec echo {} \; | sort
find dir -maxdepth 1 | sort
du /x; echo $?
df /x; echo $?
readlink fruits.txt; echo $?
realpath dir/sub/..
realpath /x/y; echo $?
basename /a/b.txt .txt
basename
dirname /a/b
mktemp -z
which ls
which nosuch; echo $?
truncate -s 3 fruits.txt; cat fruits.txt
tar
tar tf /x; echo $?
tar cf t.tar dir; tar tf t.tar | sort
tar -c
tar xf fruits.txt; echo $?
gzip /x; echo $?
gzip -c fruits.txt | gunzip -c
gunzip fruits.txt; echo $?
gzip fruits.txt; ls fruits.txt.gz
`),
  text: lines(`
head -n 2 fruits.txt
head -2 fruits.txt
head -c 3 fruits.txt
head /x; echo $?
head -n abc fruits.txt
head -n 1 fruits.txt no-newline
head -z fruits.txt
tail -n 2 fruits.txt
tail -n +5 fruits.txt
tail -c 3 fruits.txt
tail /x; echo $?
tail -z
tail -n abc fruits.txt
wc fruits.txt
wc -l fruits.txt
wc -l fruits.txt data.csv
wc < fruits.txt
wc /x; echo $?
wc -z
sort fruits.txt
sort -r fruits.txt
sort -n numbers.txt
sort -u fruits.txt
sort -t, -k2 -n data.csv
sort /x; echo $?
sort --parallel=2 fruits.txt
sort -y
uniq fruits.txt
sort fruits.txt | uniq -c
sort fruits.txt | uniq -d
uniq /x; echo $?
uniq --all-repeated
cut -d, -f1 data.csv
cut -d, -f1,3 data.csv
cut -c1-3 fruits.txt
cut -d, -f2- data.csv
cut data.csv
cut -f1 /x; echo $?
cut -d ab -f1 data.csv
cut --complement -f1
tr a-z A-Z < fruits.txt
tr -d a < fruits.txt
tr -s p < fruits.txt
tr
tr -z
grep apple fruits.txt
grep -c apple fruits.txt
grep -n an fruits.txt
grep -i BANANA fruits.txt
grep -v a fruits.txt
grep -r error dir
grep -l error dir/b.log log.txt
grep -o 'an' fruits.txt
grep -E 'a|b' data.csv
grep -w apple fruits.txt
grep -A1 disk log.txt
grep zzz fruits.txt; echo $?
grep x /x; echo $?
grep
grep -P x fruits.txt
grep --color=always apple fruits.txt
grep -q apple fruits.txt; echo $?
sed s/a/A/ fruits.txt
sed -n 2p fruits.txt
sed 2d fruits.txt
sed -e 1d -e 2d fruits.txt
sed s/a/A fruits.txt; echo $?
sed k fruits.txt; echo $?
sed p /x; echo $?
sed
sed --posix p fruits.txt
sed -i s/apple/pear/ fruits.txt; cat fruits.txt
awk '{print $1}' pods.txt
awk -F, '{print $2}' data.csv
awk 'BEGIN{print 1+1}'
awk '{print' fruits.txt; echo $?
awk '{print}' /x; echo $?
awk
xargs echo < no-newline
echo a b c | xargs -n 1 echo
echo a | xargs nosuch; echo $?
echo a | xargs -I{} echo x{}y
xargs -Z
tee copy < no-newline; cat copy
tee /nodir/x < no-newline; echo $?
tee -p
seq 3
seq 2 4
seq 1 2 7
seq
seq a; echo $?
seq -w 8 10
seq 3 -1 1
base64 no-newline
echo b25l | base64 -d
base64 /x; echo $?
base64 -i x
md5sum fruits.txt
sha256sum fruits.txt
md5sum /x; echo $?
md5sum --tag x
diff config.yaml config.yaml; echo $?
diff config.yaml /x; echo $?
diff -q fruits.txt data.csv; echo $?
diff config.yaml
diff --color x y
nl no-newline
tac fruits.txt
rev no-newline
strings -n 5 fruits.txt
od -c no-newline
`),
  tools: lines(String.raw`
echo hello
echo -e 'a\tb'
printf '%s %d\n' a 3
date -u -d @0 +%Y-%m-%d
date -d foo; echo $?
date -q
date +%s | wc -c
date -u -d '2024-01-02 03:04:05'
date --rfc-3339=s
sleep; echo $?
sleep abc; echo $?
sleep infinity & p=$!; sleep 0; kill $p; wait $p; echo $?
sleep INF x & p=$!; sleep 0; kill $p; wait $p; echo $?
sleep 0; echo $?
env -i A=1 env
env nosuch; echo $?
env -z
id -u
id -un
id nosuch; echo $?
id -z
whoami
whoami x
hostname -x 2>&1 | head -1
uname -s
uname x
uname -z
free -z
df -q
du -q
ps -o foo
kill
kill 99999
kill -FOO 1
kill abc
command kill -l 9
killall nosuch; echo $?
killall
killall -FOO x
true --help; echo $?
false --help; echo $?
yes | head -2
timeout 1 sleep 0; echo $?
timeout; echo $?
timeout abc true; echo $?
timeout 1 nosuch; echo $?
watch
watch -z x
which
umount /nomount
mktemp -q /nodir/xXXXXXX
busybox nope
busybox ls nothere
tty
tty -q
pidof nosuch; echo $?
readlink
truncate
hexdump -C no-newline
od -z
stty -F /x
/bin/nosuch
[ a = a ]; echo $?
test a b
`),
};

function lines(text: string): readonly string[] {
  return text.trim().split('\n');
}
