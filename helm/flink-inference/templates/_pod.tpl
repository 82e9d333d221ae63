{{/* What JobManager and TaskManagers have alike. */}}
{{- define "scoring.pod.labels" -}}
{{ include "scoring.selector" . }}
{{- with .Values.pod.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* A changed job is a changed pod, so the operator takes it over. */}}
{{- define "scoring.pod.annotations" -}}
checksum/job: {{ include "scoring.job" . | sha256sum | quote }}
{{- with .Values.pod.annotations }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "scoring.pod.spec" -}}
securityContext:
  {{- include "scoring.security.pod" . | nindent 2 }}
{{- with .Values.pod.priorityClass }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.pod.spec }}
{{ toYaml . }}
{{- end }}
volumes:
  {{- include "scoring.pod.volumes" . | nindent 2 }}
{{- end }}

{{/* What pod.spec may not have, as the chart or Flink sets it, and which values to set for it, if there are any. */}}
{{- define "scoring.pod.own" -}}
affinity: jobManager.affinity, taskManager.affinity and gpu.affinity
automountServiceAccountToken: serviceAccount.tokenInTaskManagers
containers: pod.containers
dnsPolicy: ""
hostNetwork: ""
imagePullSecrets: image.pullSecrets
initContainers: pod.initContainers
nodeSelector: jobManager.nodeSelector, taskManager.nodeSelector and gpu.nodeSelector
priorityClassName: pod.priorityClass
restartPolicy: ""
runtimeClassName: gpu.runtimeClass
securityContext: ""
serviceAccount: serviceAccount.name
serviceAccountName: serviceAccount.name
tolerations: jobManager.tolerations, taskManager.tolerations and gpu.tolerations
volumes: pod.volumes
{{- end }}

{{- define "scoring.pod.container" -}}
securityContext:
  {{- include "scoring.security.container" . | nindent 2 }}
ports:
  - name: metrics
    containerPort: {{ .Values.monitoring.port }}
env:
  {{- include "scoring.pod.env" . | nindent 2 }}
{{- end }}

{{- define "scoring.pod.env" -}}
- name: ENGINE_CACHE_DIR
  value: /tmp/djl
- name: OPT_OUT_TRACKING
  value: "true"
- name: RUST_FLAVOR
  value: cpu
{{- with .Values.checkpoints.s3.secret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom:
    secretKeyRef:
      name: {{ . | quote }}
      key: accessKey
- name: AWS_SECRET_ACCESS_KEY
  valueFrom:
    secretKeyRef:
      name: {{ . | quote }}
      key: secretKey
{{- end }}
{{- range .Values.secrets.env }}
- name: {{ .name | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret | quote }}
      key: {{ .key | quote }}
{{- end }}
{{- with .Values.pod.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "scoring.log4j" -}}
{{- .Values.pod.log4j | default (.Files.Get "files/log4j-console.properties") | trim -}}
{{- end }}
