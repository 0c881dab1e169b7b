package io.crois.testkit.aws.internal.kms;

import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasResponse;

/** Names keys. Thread-safe. */
public final class AliasOperations {

    private final KeyStore store;

    /** Works on a store. */
    public AliasOperations(KeyStore store) {
        this.store = store;
    }

    /** Gives a key another name. */
    public CreateAliasResponse create(CreateAliasRequest request) {
        store.addAlias(request.aliasName(), request.targetKeyId());
        return CreateAliasResponse.builder().build();
    }

    /** Gives the name of a key to another. */
    public UpdateAliasResponse update(UpdateAliasRequest request) {
        store.moveAlias(request.aliasName(), request.targetKeyId());
        return UpdateAliasResponse.builder().build();
    }

    /** Takes a name away. */
    public DeleteAliasResponse delete(DeleteAliasRequest request) {
        store.removeAlias(request.aliasName());
        return DeleteAliasResponse.builder().build();
    }

    /** Lists names, of one key or of all. */
    public ListAliasesResponse list(ListAliasesRequest request) {
        String wanted = request.keyId() == null
                ? null
                : store.look(request.keyId(), key -> key.metadata().keyId());
        return ListAliasesResponse.builder()
                .aliases(store.aliases().entrySet().stream()
                        .filter(alias -> wanted == null || wanted.equals(alias.getValue()))
                        .map(alias -> AliasListEntry.builder()
                                .aliasName(alias.getKey())
                                .aliasArn(store.aliasArn(alias.getKey()))
                                .targetKeyId(alias.getValue())
                                .build())
                        .toList())
                .truncated(false)
                .build();
    }
}
