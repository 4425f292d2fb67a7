mkdir -p tree/sub/deep
touch tree/{a,b,c}.txt tree/sub/{d,e}.log tree/sub/deep/f.txt tree/.hidden
cd tree
echo *
echo *.txt
echo */*
echo [ab].*
echo [!ab].txt
echo nothing*
shopt -s nullglob
echo nothing* end
shopt -u nullglob
shopt -s dotglob
echo *
shopt -u dotglob
shopt -s globstar
echo **/*.txt
shopt -s extglob
echo !(a|b).txt
echo @(a|c).txt
echo +([a-c]).txt
ls -d ?.txt
for f in *.txt; do mv "$f" "${f%.txt}.bak"; done
echo *.bak
