/** What `kubectl completion bash` prints: asks `kubectl __complete` for candidates and gives them to readline. */
export const BASH_COMPLETION = `# bash completion for kubectl

__kubectl_candidates()
{
    local word line words=() candidates=()
    # readline takes --flag=value apart
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
        [[ $word == = ]] || words+=("$word")
    done
    [[ \${COMP_WORDS[COMP_CWORD]} == = ]] && words+=("")
    while IFS= read -r line; do
        case "$line" in
            :*) __kubectl_directive=\${line#:} ;;
            *) candidates+=("\${line%%$'\\t'*}") ;;
        esac
    done < <(kubectl __complete "\${words[@]}" 2>/dev/null)
    # 8: these are endings of file names, and the shell knows the files
    [[ $__kubectl_directive -eq 8 ]] && candidates=()
    COMPREPLY=("\${candidates[@]}")
}

__start_kubectl()
{
    local __kubectl_directive=0
    __kubectl_candidates
    if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then
        compopt -o nospace 2>/dev/null
    fi
    if [[ \${#COMPREPLY[@]} -eq 0 && $__kubectl_directive -ne 4 ]]; then
        compopt -o default 2>/dev/null
    fi
}

complete -o default -F __start_kubectl kubectl
`;
