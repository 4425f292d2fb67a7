run() { "$@"; echo "$* -> $?"; }
run true
run false
run nosuchcommand 2>/dev/null
run /nosuch/path 2>/dev/null
touch plain
run ./plain 2>/dev/null
run / 2>/dev/null
run bash -c 'exit 42'
run bash -c 'kill -TERM $$' 2>/dev/null
run bash -c 'exit 256'
run bash -c 'if'  2>/dev/null
run test a = a
run [ a = b ]
