x='single "double" inside'
y="double 'single' inside \"escaped\" \$x $x"
echo "$x"
echo "$y"
echo "a $(echo "b $(echo "c 'd'")") e"
echo "${x:-"default with \"quotes\""}"
echo ${nosuch:-"a   b"} ${nosuch:-a   b}
echo 'it'\''s' "it's" it\'s $'it\'s'
echo "back\\slash \\n $'not ansi'"
echo "`echo "back \"quoted\""`"
printf '%s\n' "multi
line"
echo a"b"'c'd\e
