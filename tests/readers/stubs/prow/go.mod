module sigs.k8s.io/prow

go 1.22

require (
	github.com/GoogleCloudPlatform/testgrid v0.0.123
	github.com/sirupsen/logrus v1.9.0
)
