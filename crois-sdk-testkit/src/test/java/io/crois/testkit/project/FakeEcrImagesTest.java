package io.crois.testkit.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

final class FakeEcrImagesTest extends EcrImagesContract {
    @Override
    EcrClient registry() {
        return new FakeEcr();
    }

    /** Repositories and their images by tag and by digest. */
    private static final class FakeEcr implements EcrClient {
        private final Map<String, Map<String, Image>> repositories = new HashMap<>();

        @Override
        public String serviceName() {
            return "ecr";
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public CreateRepositoryResponse createRepository(CreateRepositoryRequest request) {
            repositories.put(request.repositoryName(), new HashMap<>());
            return CreateRepositoryResponse.builder().build();
        }

        @Override
        public PutImageResponse putImage(PutImageRequest request) {
            String digest = EcrImagesContract.sha256(request.imageManifest());
            Image image = Image.builder()
                    .imageManifest(request.imageManifest())
                    .imageId(id -> id.imageDigest(digest).imageTag(request.imageTag()))
                    .build();
            repositories.get(request.repositoryName()).put(request.imageTag(), image);
            repositories.get(request.repositoryName()).put(digest, image);
            return PutImageResponse.builder().image(image).build();
        }

        @Override
        public BatchGetImageResponse batchGetImage(BatchGetImageRequest request) {
            Map<String, Image> images = repositories.get(request.repositoryName());
            if (images == null) {
                throw RepositoryNotFoundException.builder().build();
            }
            List<Image> found = new ArrayList<>();
            for (ImageIdentifier id : request.imageIds()) {
                Image image = images.get(id.imageDigest() == null ? id.imageTag() : id.imageDigest());
                if (image != null) {
                    found.add(image);
                }
            }
            return BatchGetImageResponse.builder().images(found).build();
        }
    }
}
