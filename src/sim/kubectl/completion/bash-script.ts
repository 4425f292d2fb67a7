/** What `kubectl completion bash` prints: asks `kubectl __complete` for candidates and gives them to readline. */
export const BASH_COMPLETION = `# bash completion for kubectl

__kubectl_candidates()
{
    local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
    local line candidates=()
    while IFS= read -r line; do
        case "$line" in
            :*) __kubectl_directive=\${line#:} ;;
            *) candidates+=("\${line%%$'\\t'*}") ;;
        esac
    done < <(kubectl __complete "\${words[@]}" 2>/dev/null)
    COMPREPLY=("\${candidates[@]}")
}

__start_kubectl()
{
    local __kubectl_directive=0
    __kubectl_candidates
    if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
    if [[ \${#COMPREPLY[@]} -eq 0 && $__kubectl_directive -ne 4 ]]; then
        compopt -o default 2>/dev/null
    fi
}

complete -o default -F __start_kubectl kubectl
`;
