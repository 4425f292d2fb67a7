/** What a lab makes: a namespace with something in it, and an object of no namespace. */
export const LAB = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: harbour}
data: {colour: blue}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: sailor}
rules: []
`;
