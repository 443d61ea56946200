// Modules that readers' own code is taken from, without the thousand packages that it could use.
module opready/tests/readers/sources

go 1.22

require (
	github.com/GoogleCloudPlatform/testgrid v0.0.123
	github.com/vmware-tanzu/sonobuoy v0.57.3
	sigs.k8s.io/prow v0.0.0-20240619181241-cfb8754e0459
)
