{{/* The job's file. With pools the chart knows where the inference runs, so nobody says it twice. */}}
{{- define "scoring.job" -}}
{{- $job := deepCopy .Values.job -}}
{{- if eq .Values.topology "pools" -}}
{{- $share := div (mul 10000 (int .Values.gpu.count)) (int .Values.gpu.pool.slots) -}}
{{- $placement := dict "run-on" "gpu" "gpu-resource" "gpu" "gpu-amount" (divf $share 10000) "cpu-label" "cpupool" -}}
{{- $_ := set $job "placement" (merge $placement (default dict $job.placement)) -}}
{{- end -}}
{{- toYaml $job -}}
{{- end }}
