{{- define "bakery.labels" -}}
app.kubernetes.io/name: bakery
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* A pod that runs one command to its end; the annotations say when. */}}
{{- define "bakery.hook" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels: {{- include "bakery.labels" .root | nindent 4 }}
  annotations:
    helm.sh/hook: {{ .when }}
    helm.sh/hook-weight: {{ .weight | quote }}
    helm.sh/hook-delete-policy: {{ .remove }}
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  containers:
    - name: {{ .name }}
      image: busybox
      command: [sh, -c, {{ .run | quote }}]
{{- end }}
