# What a subshell redirects is its own: nothing of what was there before stays open in it.
bash -c '(sleep 0.4; echo late) > late.txt 2>&1 < /dev/null &' | cat
echo "at once: $(cat late.txt)"
sleep 0.8
cat late.txt
bash -c '{ sleep 0.4; echo later; } > later.txt 2>&1 < /dev/null &' | cat
echo "at once: $(cat later.txt)"
sleep 0.8
cat later.txt
(bash -c 'sleep 0.4 & (sleep 0.4; echo deep) & ' > deep.txt 2>&1) | cat
echo "at once: $(cat deep.txt)"
sleep 0.8
cat deep.txt
(echo hi) > /nonexistent/x
echo "status $?"
(echo a; exit 3) > /dev/null
echo "status $?"
{ echo b; echo c; } > group.txt | cat
cat group.txt
(cat) < group.txt | wc -l
(echo shown; echo hidden >&2) 2> /dev/null
(echo in; (echo deep) 2>&1) 2> /dev/null | tr a-z A-Z
(exit 4) > /dev/null || echo "status 4"
