{{/* With pools the operator makes the TaskManagers, and the JobManager needs rights for high availability only. */}}
{{- define "scoring.role" -}}
{{- if and .Values.serviceAccount.create (or (eq .Values.topology "homogeneous") .Values.highAvailability.enabled) -}}
yes
{{- end -}}
{{- end }}

{{/* With high availability TaskManagers ask who leads; without, only what was added to their pods may ask Kubernetes something. */}}
{{- define "scoring.taskManager.token" -}}
{{- if or .Values.highAvailability.enabled .Values.serviceAccount.tokenInTaskManagers -}}
yes
{{- end -}}
{{- end }}
