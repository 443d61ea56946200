module github.com/GoogleCloudPlatform/testgrid

go 1.22
