/** A kustomization tree to build: files by path, and what follows `kubectl kustomize`. */
export interface Tree {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** The directory to build and flags; `.` unless told otherwise. */
  readonly args?: readonly string[];
  /** Symbolic links, and where they lead. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A tree with one kustomization file beside resources. */
export function tree(name: string, kustomization: string, files: Readonly<Record<string, string>> = {}): Tree {
  return { name, files: { 'kustomization.yaml': kustomization, ...files } };
}

export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.25
        ports:
        - containerPort: 80
        env:
        - name: MODE
          value: plain
      - name: side
        image: registry.example.com:5000/team/side:v1
`;

export const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
`;

export const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`;

/** Several objects in one file. */
export function docs(...texts: readonly string[]): string {
  return texts.join('---\n');
}
