shopt -s expand_aliases
alias say='echo said:'
alias twice='say twice '
alias word=expanded
say hello
twice word
alias loop='for i in 1 2; do'
loop echo $i; done
unalias say
say 2>/dev/null || echo gone
\twice 2>/dev/null || echo quoted
