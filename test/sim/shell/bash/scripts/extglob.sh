shopt -s extglob
for w in abc aabbcc "" ab.c 12 12a -5; do
  case $w in
    +([0-9])) r=digits ;;
    ?(-)+([0-9])) r=signed ;;
    *(a)*(b)*(c)) r=abc ;;
    @(ab|cd).?) r=ext ;;
    !(*a)) r=not-a ;;
    *) r=else ;;
  esac
  echo "[$w] $r"
done
x="  lead"
echo "[${x##+( )}]"
y=foo.tar.gz
echo "${y%%.@(tar|zip)*}"
[[ foobar == foo@(bar|baz) ]] && echo match
[[ foo == !(bar) ]] && echo nomatch
