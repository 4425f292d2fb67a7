const WEB = 'needs the internet';
const SHELL = 'needs a shell that is not at hand';
const MANY_ADDRESSES = 'needs an address that this computer does not have';

/** Published commands, under their page's title, that no scene plays, and why. */
export const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Quick reference: Creating objects': {
    'kubectl apply -f https://example.com/manifest.yaml': WEB,
  },
  'Quick reference: FISH': {
    "echo 'kubectl completion fish | source' > ~/.config/fish/completions/kubectl.fish && source ~/.config/fish/completions/kubectl.fish":
      SHELL,
  },
  'Quick reference: ZSH': {
    "echo '[[ $commands[kubectl] ]] && source <(kubectl completion zsh)' >> ~/.zshrc": SHELL,
  },
  'kubectl completion': {
    'kubectl completion fish | source': SHELL,
    'kubectl completion powershell | Out-String | Invoke-Expression': SHELL,
  },
  'kubectl kustomize': {
    'kubectl kustomize https://github.com/kubernetes-sigs/kustomize.git/examples/helloWorld?ref=v1.0.6': WEB,
  },
  'kubectl port-forward': {
    'kubectl port-forward --address localhost,10.19.21.23 pod/mypod 8888:5000': MANY_ADDRESSES,
  },
};
