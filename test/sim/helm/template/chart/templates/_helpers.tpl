{{- define "c.helper" -}}
helper {{ .Chart.Name }}
{{- end }}
